using System.Collections.Concurrent;
using Fleet.Rules;

namespace Fleet.EndToEnd.Chaos;

/// <summary>What the fleet acknowledged to a person: none of it may ever be lost.</summary>
internal sealed class Promises
{
    public ConcurrentDictionary<TaskId, string> Added { get; } = new();

    public ConcurrentDictionary<TaskId, bool> Approved { get; } = new();
}

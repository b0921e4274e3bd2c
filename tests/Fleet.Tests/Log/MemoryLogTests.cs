using Fleet.Log;

namespace Fleet.Tests.Log;

public sealed class MemoryLogTests : EventLogContract
{
    private readonly MemoryLog log = new();

    private protected override IEventLog OpenAnother() => log;
}

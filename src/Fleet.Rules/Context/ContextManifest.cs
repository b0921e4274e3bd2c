using System.Collections.Immutable;

namespace Fleet.Rules.Context;

/// <summary>What a run was given to look at, by hashes and names only; the texts are in its directory.</summary>
/// <param name="Hash">SHA-256 of its whole brief.</param>
/// <param name="Parts">In the order of the brief, after those that its conversation was given earlier.</param>
public sealed record ContextManifest(string Hash, long Bytes, ImmutableArray<ContextPart> Parts);

/// <summary>One text that a run was given.</summary>
/// <param name="Name">What it is: the task, the plan, …</param>
/// <param name="Hash">SHA-256 of its UTF-8.</param>
/// <param name="Since">The number of the run whose brief holds it: an earlier one where a conversation goes on.</param>
public sealed record ContextPart(string Name, string Hash, long Bytes, int Since);

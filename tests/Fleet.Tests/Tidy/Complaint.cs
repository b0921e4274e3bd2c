namespace Fleet.Tests.Tidy;

/// <summary>What a rule of the house has against one line, in words that say how to mend it.</summary>
internal sealed record Complaint(string Path, int Line, string What)
{
    public override string ToString() => $"{Path}:{Line}: {What}";
}

/// <summary>Turns complaints into a failed test that lists them all.</summary>
internal static class House
{
    public static void Accepts(IEnumerable<Complaint> complaints)
    {
        var all = complaints.Select(complaint => complaint.ToString()).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    /// <summary>Asserts that a rule finds exactly these faults in an example.</summary>
    public static void Complains(IEnumerable<Complaint> complaints, params string[] expected) =>
        Assert.Equal(expected, complaints.Select(complaint => complaint.ToString()));
}

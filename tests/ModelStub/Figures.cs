namespace Fleet.ModelStub;

/// <summary>What every answer is said to have cost, so that sums can be checked.</summary>
internal static class Figures
{
    /// <summary>Read anew; some vendors count what came from the cache on top, others within.</summary>
    public const int Input = 1234;
    public const int CacheRead = 7000;

    /// <summary>Only Anthropic tells.</summary>
    public const int CacheWrite = 800;
    public const int Output = 56;

    /// <summary>Within the output, as the Responses API counts.</summary>
    public const int Reasoning = 7;

    /// <summary>On top of the output, as Gemini counts.</summary>
    public const int Thoughts = 9;

    public const int Prompt = Input + CacheRead;
    public const int Total = Prompt + Output;
}

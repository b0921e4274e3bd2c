using Fleet.Rules.Spending;

namespace Fleet.Coders;

/// <summary>Some coders count reasoning within the output and some beside it; their own total tells which.</summary>
internal static class WholeOutput
{
    public static Usage Of(Usage usage, long? total) =>
        usage.Reasoning > 0 && total == usage.Tokens + usage.Reasoning
            ? usage with
            {
                Output = (usage.Output ?? 0) + usage.Reasoning,
            }
            : usage;
}

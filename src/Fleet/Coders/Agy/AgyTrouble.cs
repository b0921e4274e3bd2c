using System.Text;
using System.Text.Json;
using Fleet.Rules.Runs;

namespace Fleet.Coders.Agy;

/// <summary>What went wrong, as the program says it outside of its stream.</summary>
internal sealed record AgyTrouble(ErrorClass Class, string Words, CoderEvent.LimitSeen? Limit)
{
    private const int Longest = 4_096;

    private static readonly string[] UsedUp = ["quota", "usage limit"];
    private static readonly string[] SignedOut =
    [
        "sign in",
        "signed in",
        "log in",
        "logged in",
        "authenticat",
        "credential",
    ];
    private static readonly string[] TimeIsUp = ["print timeout", "print-timeout", "print mode timed out"];

    private static ReadOnlySpan<byte> Plain => "error:"u8;

    private static ReadOnlySpan<byte> Structured => "AGY_ERROR:"u8;

    /// <summary>Null for a line that tells of nothing that matters.</summary>
    public static AgyTrouble? Of(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r\0"u8);
        if (line.Length > Longest)
        {
            return null;
        }

        if (line.StartsWith(Structured))
        {
            using var json = JsonLine.Parse(line[Structured.Length..]);
            return json is null ? null : Told(Message(json.RootElement));
        }

        if (line.StartsWith(Plain))
        {
            return Told(Encoding.UTF8.GetString(line[Plain.Length..]).Trim());
        }

        return line.IndexOf("print"u8) >= 0 && Encoding.UTF8.GetString(line) is var text && Says(text, TimeIsUp)
            ? new AgyTrouble(ErrorClass.Turns, text, null)
            : null;
    }

    public static ErrorClass ClassOf(string? words) =>
        words is null ? ErrorClass.Unknown
        : Says(words, UsedUp) ? ErrorClass.UsageLimit
        : Says(words, SignedOut) ? ErrorClass.Authentication
        : ErrorClass.Unknown;

    private static AgyTrouble Told(string words)
    {
        var kind = ClassOf(words);
        return new AgyTrouble(kind, words, kind is ErrorClass.UsageLimit ? Reached(words) : null);
    }

    private static CoderEvent.LimitSeen Reached(string words)
    {
        const string told = "resets in ";
        var at = words.IndexOf(told, StringComparison.OrdinalIgnoreCase);
        var rest = at < 0 ? null : ResetText.After(words.AsSpan(at + told.Length));
        return new CoderEvent.LimitSeen("quota", Used: 1, ResetsAt: null, IsReached: true, rest);
    }

    private static string Message(JsonElement error) =>
        error.Text("message"u8) ?? error.Text("error"u8) ?? error.Field("error"u8).Text("message"u8) ?? error.Raw();

    private static bool Says(string text, string[] words) =>
        words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}

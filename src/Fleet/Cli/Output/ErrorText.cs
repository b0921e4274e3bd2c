using System.Text;
using Fleet.Daemon;
using Fleet.Rules;

namespace Fleet.Cli.Output;

/// <summary>An error as it is written: what, where, why, and the next command to try.</summary>
internal static class ErrorText
{
    /// <summary>How every error begins, one's own and one passed on.</summary>
    public const string Begins = "error  ";

    public static string Of(UserError error)
    {
        if (error.Full is { } full)
        {
            return full;
        }

        var text = new StringBuilder(Begins).Append(Plain.Line(error.What)).Append('\n');
        foreach (var detail in new[] { error.Where, error.Why })
        {
            if (!string.IsNullOrEmpty(detail))
            {
                text.Append("  ").Append(Plain.Line(detail)).Append('\n');
            }
        }

        return error.Next is { Length: > 0 } next
            ? text.Append("  try:  ").Append(next).Append('\n').ToString()
            : text.ToString();
    }

    public static UserError Of(Answer answer) => new(answer.Code, answer.Message, null, null, answer.Hint);
}

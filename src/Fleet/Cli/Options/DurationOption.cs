using System.CommandLine;
using Fleet.Rules.Settings;

namespace Fleet.Cli.Options;

/// <summary>A length of time as people write it: 30m, 1h30m, 5s.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan?> Of(string name, string says) =>
        new(name)
        {
            Description = says,
            HelpName = "DURATION",
            CustomParser = result =>
            {
                var time = DurationText.Parse(result.Tokens[0].Value);
                if (time is null)
                {
                    result.AddError($"\"{result.Tokens[0].Value}\" is not a length of time, such as 30m or 1h30m.");
                }

                return time;
            },
        };
}

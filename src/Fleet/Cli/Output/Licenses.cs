using System.Collections.Immutable;
using System.Text;

namespace Fleet.Cli.Output;

/// <summary>A part that others made.</summary>
internal sealed record License(string Part, string Terms, string Copyright);

/// <summary>Whose work is in the binary, and on which terms.</summary>
internal static class Licenses
{
    private const string Mit = "MIT";

    public static readonly ImmutableArray<License> All =
    [
        new("Fleet", Mit, "the Fleet founders"),
        new(".NET runtime and ASP.NET Core", Mit, ".NET Foundation and Contributors"),
        new("System.CommandLine", Mit, ".NET Foundation and Contributors"),
        new("YamlDotNet", Mit, "Antoine Aubry and contributors"),
        new("SQLite", "public domain", "its authors dedicate it to the public"),
    ];

    private const string MitText = """
        Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
        documentation files (the "Software"), to deal in the Software without restriction, including without limitation
        the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
        to permit persons to whom the Software is furnished to do so, subject to the following conditions:

        The above copyright notice and this permission notice shall be included in all copies or substantial portions of
        the Software.

        THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
        THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
        CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
        DEALINGS IN THE SOFTWARE.
        """;

    public static string Text()
    {
        var text = new StringBuilder();
        foreach (var license in All)
        {
            text.Append($"  {license.Part}: {license.Terms}, {license.Copyright}\n");
        }

        return text.Append("\nThe MIT licence:\n\n").Append(MitText).Append('\n').ToString();
    }
}

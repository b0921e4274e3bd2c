using Microsoft.AspNetCore.Http;

namespace Fleet.ModelStub;

/// <summary>Who a request says it comes from, told without its secret.</summary>
internal static class Credentials
{
    private const string Dummy = "dummy";
    private static readonly string[] Names = ["authorization", "x-api-key", "x-goog-api-key"];

    /// <summary>The headers by name; a value is shown only if it contains the word dummy.</summary>
    public static string In(IHeaderDictionary headers) =>
        string.Join(
            ' ',
            from name in Names
            let value = headers[name].ToString()
            where value.Length > 0
            select value.Contains(Dummy, StringComparison.Ordinal) ? $"{name}:{value.Split(' ')[^1]}" : name
        );
}

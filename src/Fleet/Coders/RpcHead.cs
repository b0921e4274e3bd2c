using System.Text.Json;

namespace Fleet.Coders;

/// <summary>What kind of JSON-RPC message a line is, found without making a string or a document.</summary>
/// <param name="Method">Of the methods that were asked for; null for any other.</param>
internal readonly record struct RpcHead(bool HasMethod, string? Method, bool HasId)
{
    /// <summary>False for everything that is not one whole JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, ReadOnlySpan<string> methods, out RpcHead head)
    {
        head = default;
        if (!JsonLine.LooksWhole(line))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(line, JsonLine.Options);
            _ = reader.Read();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                head = With(head, ref reader, methods);
            }

            return !reader.Read();
        }
        catch (Exception garbage) when (garbage is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static RpcHead With(RpcHead head, ref Utf8JsonReader reader, ReadOnlySpan<string> methods)
    {
        var isId = reader.ValueTextEquals("id"u8);
        var isMethod = reader.ValueTextEquals("method"u8);
        _ = reader.Read();
        if (isId)
        {
            return head with { HasId = reader.TokenType is JsonTokenType.Number or JsonTokenType.String };
        }

        if (isMethod && reader.TokenType is JsonTokenType.String)
        {
            return head with { HasMethod = true, Method = OneOf(reader, methods) };
        }

        reader.Skip();
        return head;
    }

    private static string? OneOf(Utf8JsonReader reader, ReadOnlySpan<string> methods)
    {
        foreach (var method in methods)
        {
            if (reader.ValueTextEquals(method))
            {
                return method;
            }
        }

        return null;
    }
}

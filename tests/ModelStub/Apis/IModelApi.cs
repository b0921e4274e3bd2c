using System.Collections.Immutable;
using System.Text.Json;
using Fleet.ModelStub.Faults;

namespace Fleet.ModelStub.Apis;

/// <summary>One vendor's form of asking a model.</summary>
internal interface IModelApi
{
    string Name { get; }

    /// <summary>Whether a path, without its query, is this vendor's for a new answer.</summary>
    bool Serves(string path);

    Conversation Read(JsonElement body, string path);

    /// <summary>The answer as events.</summary>
    IEnumerable<Frame> Stream(Answer answer, string model);

    /// <summary>The event by which an answer breaks off.</summary>
    Frame Failure(string model);

    /// <summary>The answer at once, as JSON.</summary>
    object Whole(Answer answer, string model);

    /// <summary>The headers that come with every good answer.</summary>
    ImmutableArray<Header> Headers(DateTimeOffset now);

    /// <summary>How a request is refused; null for faults that happen to a good answer.</summary>
    Refusal? Refuse(Fault fault, DateTimeOffset now);
}

/// <summary>One event of a stream.</summary>
/// <param name="Event">Its name, where the vendor gives names.</param>
/// <param name="IsWord">It brings a piece of what is said.</param>
internal sealed record Frame(string? Event, string Data, bool IsWord = false)
{
    /// <summary>An event whose name is the type in its data.</summary>
    public static Frame Named(object data, bool isWord = false)
    {
        var json = Json.Of(data);
        return new Frame(Json.Parsed(json).Text("type"), json, isWord);
    }

    public static Frame Plain(object data, bool isWord = false) => new(null, Json.Of(data), isWord);
}

internal readonly record struct Header(string Name, string Value);

/// <param name="Body">What becomes JSON.</param>
internal sealed record Refusal(int Status, object Body, params ImmutableArray<Header> Headers);

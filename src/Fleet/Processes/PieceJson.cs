using System.Text.Json.Serialization;

namespace Fleet.Processes;

/// <summary>JSON of the records that pieces leave on disk, by source generation.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PieceIntent))]
[JsonSerializable(typeof(PieceRecord))]
[JsonSerializable(typeof(PieceExit))]
[JsonSerializable(typeof(HaltNote))]
internal sealed partial class PieceJson : JsonSerializerContext;

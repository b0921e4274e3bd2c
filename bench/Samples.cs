using System.Globalization;

namespace Fleet.Bench;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Samples
{
    private readonly List<double> values = [];

    public double Median => At(0.5);

    public double P95 => At(0.95);

    public void Add(double value) => values.Add(value);

    public void Add(TimeSpan time) => Add(time.TotalMilliseconds);

    public static string Text(double value) =>
        value.ToString(
            value switch
            {
                >= 100 => "0",
                >= 10 => "0.0",
                _ => "0.00",
            },
            CultureInfo.InvariantCulture
        );

    /// <summary>Linear between the two nearest, so that a few samples do not jump.</summary>
    private double At(double share)
    {
        var sorted = values.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    public override string ToString() => $"{Text(Median)} / {Text(P95)} ms";
}

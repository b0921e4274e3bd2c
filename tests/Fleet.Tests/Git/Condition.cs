namespace Fleet.Tests.Git;

/// <summary>Waits for something to be true, but not for ever.</summary>
internal static class Condition
{
    public static async Task Holds(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }
}

using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Daemon.Conversations;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Cli;

/// <summary>What a run printed and what it was told, straight from its files.</summary>
/// <remarks>Raw, the bytes are exact in a pipe; on a screen nothing in them can move the cursor.</remarks>
internal static class RunLog
{
    private const int Piece = 64 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <param name="raw">The stream as it is, also of a coder whose conversation could be read.</param>
    public static async Task<int> Show(
        Call call,
        TaskStory story,
        int? run,
        bool follow,
        bool raw,
        CancellationToken stop
    )
    {
        if (Directory(call, story, run) is not { } directory || !File.Exists(RunFiles.Transcript(directory)))
        {
            return call.Fail(
                Answer.NotFound,
                $"no run of task {story.Row.Id} has printed anything",
                next: $"fleet task {story.Row.Id} why"
            );
        }

        var path = RunFiles.Transcript(directory);
        if (call.Json)
        {
            var of = Path.GetFileName(directory);
            return call.Show(CliJson.Text("Transcript", new ShownText(of, path, new FileInfo(path).Length)));
        }

        var shown = new RunId(story.Row.Id, run ?? story.Row.Runs);
        var isNewest = shown.Number == story.Row.Runs;
        if (!raw && CoderFile.Open(shown, directory) is { } session)
        {
            using var log = new CoderLog(call.Terminal, directory, session);
            log.Show();
            if (isNewest && story.Row.State is TaskState.Working)
            {
                if (!follow)
                {
                    return Answer.Done;
                }

                await Follow(call, shown, log.Show, stop);
            }

            log.Finish();
            return Answer.Done;
        }

        using var transcript = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        var decoder = new ScreenBytes(call.Terminal);
        Copy(transcript, decoder);
        if (follow && isNewest)
        {
            await Follow(call, shown, () => Copy(transcript, decoder), stop);
        }

        return Answer.Done;
    }

    public static int Brief(Call call, TaskStory story, int? run)
    {
        var file = Directory(call, story, run) is { } directory ? RunFiles.Brief(directory) : "";
        var text = File.Exists(file) ? File.ReadAllText(file) : $"{story.Row.Title}\n\n{story.Text}".TrimEnd() + "\n";
        if (call.Json)
        {
            return call.Show(CliJson.Text("Brief", new ShownText(Path: File.Exists(file) ? file : null, Text: text)));
        }

        call.Terminal.Write(call.Terminal.IsScreen ? Plain.Lines(text) : text);
        return Answer.Done;
    }

    private static string? Directory(Call call, TaskStory story, int? run) =>
        (run ?? story.Row.Runs) is > 0 and var number ? call.Home.Run(new RunId(story.Row.Id, number)) : null;

    private static async Task Follow(Call call, RunId run, Action showMore, CancellationToken stop)
    {
        var asked = call.Clock.GetTimestamp();
        while (true)
        {
            await Task.Delay(Look, call.Clock, stop);
            var ended = call.Clock.GetElapsedTime(asked) > AskAgain && await HasEnded(call, run, stop);
            asked = call.Clock.GetElapsedTime(asked) > AskAgain ? call.Clock.GetTimestamp() : asked;
            showMore();
            if (ended)
            {
                return;
            }
        }
    }

    private static async Task<bool> HasEnded(Call call, RunId run, CancellationToken stop)
    {
        await using var control = call.Connect();
        return await control.Story(run.Task, stop) is not { Row: { State: TaskState.Working } row }
            || row.Runs != run.Number;
    }

    private static void Copy(FileStream transcript, ScreenBytes screen)
    {
        var buffer = new byte[Piece];
        while (transcript.Read(buffer) is > 0 and var read)
        {
            screen.Write(buffer.AsSpan(0, read));
        }
    }
}

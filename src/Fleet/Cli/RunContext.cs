using System.Globalization;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Log;
using Fleet.Prompts;
using Fleet.Rules;
using Fleet.Rules.Context;
using Fleet.Rules.Views;

namespace Fleet.Cli;

/// <summary>What a run was looking at: the parts that the record names, held against the files.</summary>
internal static class RunContext
{
    private const int HashShown = 12;
    private static readonly string Kind = EventKinds.Of(
        new Event.ContextGiven(default, new ContextManifest("", 0, []))
    );

    public static async Task<int> Show(Call call, IControl control, TaskStory story, int? run, CancellationToken stop)
    {
        var id = new RunId(story.Row.Id, run ?? story.Row.Runs);
        var given = await Given(control, id.Task, stop);
        if (!given.TryGetValue(id.Number, out var manifest))
        {
            return call.Fail(
                Answer.NotFound,
                $"the record names nothing that run {id} was given",
                "only a coder reads a brief, and only once its run has started",
                $"fleet task {id.Task} brief"
            );
        }

        var shown = Held(call.Home, id, manifest, given);
        var holds = shown.State is PartState.AsGiven && shown.Parts.All(part => part.State is PartState.AsGiven);
        if (call.Json)
        {
            call.Show(CliJson.Context(shown));
        }
        else
        {
            call.Terminal.Write(Text(shown, call.Terminal));
        }

        return holds ? Answer.Done : Answer.VerificationFailed;
    }

    private static async Task<Dictionary<int, ContextManifest>> Given(
        IControl control,
        TaskId task,
        CancellationToken stop
    )
    {
        var given = new Dictionary<int, ContextManifest>();
        var after = 0L;
        while (true)
        {
            var page = await control.Events(new EventQuery(after, ControlApi.MostRows, task), stop);
            foreach (var row in page.Rows.Where(row => row.Kind == Kind))
            {
                if (EventJson.Read(row.Kind, row.Body) is Event.ContextGiven e)
                {
                    given[e.Run.Number] = e.Context;
                }
            }

            if (page.Rows.Length < ControlApi.MostRows)
            {
                return given;
            }

            after = page.Rows[^1].Seq;
        }
    }

    private static ShownContext Held(
        FleetHome home,
        RunId run,
        ContextManifest manifest,
        Dictionary<int, ContextManifest> given
    )
    {
        var briefs = new Dictionary<int, byte[]?>();
        var own = Brief(run.Number);
        return new ShownContext(
            $"{run}",
            RunFiles.Brief(home.Run(run)),
            manifest.Hash,
            manifest.Bytes,
            State(own, manifest.Hash),
            [.. manifest.Parts.Select(Part)]
        );

        ShownPart Part(ContextPart part)
        {
            var place = given.TryGetValue(part.Since, out var its)
                ? BriefParts.Place(its, part.Name, part.Since)
                : null;
            var state = State(Cut(Brief(part.Since), place), part.Hash);
            return new ShownPart(part.Name, $"{new RunId(run.Task, part.Since)}", part.Hash, part.Bytes, state);
        }

        byte[]? Brief(int number)
        {
            if (!briefs.TryGetValue(number, out var bytes))
            {
                var file = RunFiles.Brief(home.Run(new RunId(run.Task, number)));
                briefs[number] = bytes = File.Exists(file) ? File.ReadAllBytes(file) : null;
            }

            return bytes;
        }
    }

    private static byte[]? Cut(byte[]? brief, (long Start, long Length)? place) =>
        brief is not null && place is { } at && at.Start + at.Length <= brief.Length
            ? brief[(int)at.Start..(int)(at.Start + at.Length)]
            : null;

    private static PartState State(byte[]? text, string hash) =>
        text is null ? PartState.Missing
        : BriefParts.Hash(text) == hash ? PartState.AsGiven
        : PartState.Changed;

    private static string Text(ShownContext shown, Terminal terminal)
    {
        var table = new Table("PART", "BYTES", "SHA-256", "RUN", "FILE");
        foreach (var part in shown.Parts)
        {
            table.Add(part.Name, Number(part.Bytes), part.Hash[..HashShown], part.Run, Word(part.State));
        }

        table.Add("the whole brief", Number(shown.Bytes), shown.Hash[..HashShown], shown.Run, Word(shown.State));
        return table.Render(terminal) + $"\n{Plain.Line(shown.File)}\n";
    }

    private static string Number(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);

    private static string Word(PartState state) =>
        state switch
        {
            PartState.AsGiven => "as given",
            PartState.Changed => "changed since",
            _ => "missing",
        };
}

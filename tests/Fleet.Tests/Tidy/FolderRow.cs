namespace Fleet.Tests.Tidy;

/// <summary>What one folder of the binary may name of the others, and why no more.</summary>
/// <param name="Uses">Folders, or parts of one: <c>Daemon/ControlApi</c> is each path that begins so.</param>
internal sealed record FolderRow(string Folder, string[] Uses, string Reason)
{
    public static readonly FolderRow[] Table =
    [
        new(
            "Cli",
            ["Daemon", "Web", "Settings", "Git", "Log", "Processes", "Coders", "Prompts"],
            "The CLI starts the daemon with its doors, and stop, doctor, audit, gc and init work where none runs."
        ),
        new("Web", ["Daemon/Control", "Daemon/FleetHome", "Settings"], "A door asks the daemon and shows the answer."),
        new("AgentTools", ["Daemon/Control", "Settings"], "A door asks the daemon and shows the answer."),
        new("Daemon", [.. Shells], "The daemon alone puts the shells together, and knows no door."),
        new("Log", [], "The log keeps facts and knows nobody who makes them."),
        new("Git", ["Processes"], "Git is a program that is run; everything else about tasks is the daemon's."),
        new("Processes", [], "What runs a process does not know what it is for."),
        new("Coders", ["Processes"], "A coder is a program and the way to read its output."),
        new("Gates", ["Processes"], "A gate is a command and its exit code."),
        new("Forges", [], "A forge is spoken to over the network, for whoever asks."),
        new("Prompts", [], "A prompt is text made from values."),
        new("Settings", [], "Settings are read and checked before anything else exists."),
        new("Telemetry", [], "Telemetry is told what happened; it asks nobody."),
    ];

    private static string[] Shells =>
        ["Log", "Git", "Processes", "Coders", "Gates", "Forges", "Prompts", "Settings", "Telemetry"];
}

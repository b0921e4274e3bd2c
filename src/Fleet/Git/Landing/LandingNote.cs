namespace Fleet.Git.Landing;

/// <summary>
/// Says, in a checkout's git directory, that its files are being brought from one commit to another. It is there
/// only between the first touched file and the moved ref, so that whoever comes after a crash can finish or undo.
/// </summary>
internal sealed record LandingNote(string From, string To)
{
    private const string Name = "fleet-landing";

    public static LandingNote? Read(WorkingTree checkout)
    {
        var path = checkout.At(Name);
        var words = File.Exists(path) ? File.ReadAllText(path).TrimEnd('\n').Split(' ') : [];
        return words.Length == 2 ? new LandingNote(words[0], words[1]) : null;
    }

    public void Leave(WorkingTree checkout)
    {
        var aside = checkout.At($"{Name}.new");
        File.WriteAllText(aside, $"{From} {To}\n");
        File.Move(aside, checkout.At(Name), overwrite: true);
    }

    public static void Remove(WorkingTree checkout) => File.Delete(checkout.At(Name));
}

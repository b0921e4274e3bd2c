using Fleet.Git.Landing;

namespace Fleet.Tests.Git.Landing;

/// <summary>One random repository and one random landing, met by several random persons, one after the other.</summary>
internal sealed class RandomCase
{
    private static readonly string[] Names =
    [
        "a",
        "b",
        "dir/c",
        "dir/d",
        "dir/sub/e",
        "f g",
        "ä",
        "run.sh",
        "link",
        "x.log",
        "out/y",
    ];
    private readonly LandingGround ground;
    private readonly Random random;
    private readonly int seed;

    private RandomCase(LandingGround ground, int seed)
    {
        this.ground = ground;
        this.seed = seed;
        random = new Random(seed);
    }

    /// <summary>How many of the landings moved trunk.</summary>
    public static Task<int> Run(LandingGround ground, int seed, int persons) =>
        new RandomCase(ground, seed).Run(persons);

    private async Task<int> Run(int persons)
    {
        var checkout = Prepare();
        var order = await ground.Order(ground.Propose(Work));
        var landed = checkout.Git("diff-tree", "-r", "-z", "--name-only", $"{order.From}", $"{order.To}").Split('\0');
        var moved = 0;
        for (var person = 0; person < persons; person++)
        {
            Restore(checkout, order);
            moved += await Meet(checkout, order, landed, $"seed {seed}, person {person}") ? 1 : 0;
        }

        return moved;
    }

    private async Task<bool> Meet(ScratchRepository checkout, LandingOrder order, string[] landed, string who)
    {
        void Say(bool holds, string what) => Assert.True(holds, $"{who}: {what}");
        Times(4, () => PersonsEdit(checkout));
        var status = Status(checkout);
        var picture = CheckoutPicture.Of(checkout);
        var files = CheckoutPicture.Files(checkout);
        var outcome = await ground.Again(order);
        if (outcome is LandingOutcome.Moved)
        {
            // Same edits on top of the new trunk, so everything unedited is the new trunk's.
            Say(status == Status(checkout), $"status was\n{status}\nis\n{Status(checkout)}");
            Say(Trunk() == order.To.Sha, "trunk did not move");
            var after = CheckoutPicture.Files(checkout);
            foreach (var path in files.Keys.Union(after.Keys).Except(landed, StringComparer.Ordinal))
            {
                Say(files.GetValueOrDefault(path) == after.GetValueOrDefault(path), $"{path} changed");
            }
        }
        else
        {
            Say(outcome is LandingOutcome.Busy, $"unexpected {outcome}");
            Say(
                picture == CheckoutPicture.Of(checkout),
                $"{outcome}: was\n{picture}\nis\n{CheckoutPicture.Of(checkout)}"
            );
            Say(Trunk() == order.From.Sha, "trunk moved though the landing waited");
        }

        Say(!File.Exists(checkout.At(".git/fleet-landing")), "a note was left");
        return outcome is LandingOutcome.Moved;
    }

    /// <summary>Puts trunk back, and the checkout as if nobody had touched it.</summary>
    private void Restore(ScratchRepository checkout, LandingOrder order)
    {
        File.WriteAllText(TrunkFile, $"{order.From}\n");
        checkout.Git("reset", "-q", "--hard");
        checkout.Git("clean", "-q", "-ffdx");
    }

    private string Trunk() => File.ReadAllText(TrunkFile).TrimEnd();

    private string TrunkFile => ground.Shop.At(".git/refs/heads/main");

    // A fresh history in the same repository; trunk is checked out here, in a linked worktree or nowhere.
    private ScratchRepository Prepare()
    {
        var shop = ground.Shop;
        if (Directory.Exists(ground.At("linked")))
        {
            shop.Git("worktree", "remove", "--force", "--force", ground.At("linked"));
        }

        shop.Git("checkout", "-q", "--force", "-B", "main");
        shop.Git("clean", "-q", "-ffdx");
        shop.Git("rm", "-q", "-r", "-f", "--ignore-unmatch", ".");
        shop.Write(".gitignore", "*.log\n/out/\n");
        shop.Write("always", "here\n");
        Times(6, () => LandingEdit(shop));
        shop.Git("add", "--all", "--force");
        shop.Git("commit", "-q", "--allow-empty", "-m", "Base");
        var place = random.Next(4);
        if (place > 1)
        {
            shop.Git("checkout", "-q", "-B", "elsewhere");
        }

        if (place == 2)
        {
            shop.Git("worktree", "add", "-q", ground.At("linked"), "main");
            return new ScratchRepository(ground.At("linked"));
        }

        return shop;
    }

    private void Work(ScratchRepository coder)
    {
        coder.Write("always", $"landing {seed}\n");
        Times(4, () => LandingEdit(coder));
    }

    private void LandingEdit(ScratchRepository tree)
    {
        var name = Pick();
        switch (random.Next(7))
        {
            case 0:
                Clear(tree, name);
                break;
            case 1 when File.Exists(tree.At(name)):
                File.SetUnixFileMode(tree.At(name), (UnixFileMode)0b111_101_101);
                break;
            case 2:
                Link(tree, name);
                break;
            case 3:
                // A file where a directory was, or the other way round.
                Clear(tree, "dir");
                tree.Write(random.Next(2) == 0 ? "dir" : "dir/c", Text());
                break;
            default:
                Put(tree, name);
                break;
        }
    }

    private void PersonsEdit(ScratchRepository tree)
    {
        var name = Pick();
        switch (random.Next(10))
        {
            case 0:
                Clear(tree, name);
                break;
            case 1:
                tree.Try("rm", "-q", "-f", "--", name);
                break;
            case 2:
                tree.Try("rm", "-q", "--cached", "--", name);
                break;
            case 3:
                Put(tree, name);
                tree.Try("add", "--force", "--", name);
                Put(tree, name);
                break;
            case 4:
                Put(tree, name);
                tree.Try("add", "--force", "--", name);
                break;
            case 5:
                Put(tree, name);
                tree.Try("add", "--force", "--intent-to-add", "--", name);
                break;
            case 6 when File.Exists(tree.At(name)):
                File.SetLastWriteTimeUtc(tree.At(name), DateTime.UnixEpoch.AddDays(random.Next(1, 9999)));
                break;
            case 7:
                Link(tree, name);
                break;
            case 8:
                tree.Write($"out/{random.Next(3)}", Text());
                break;
            default:
                Put(tree, name);
                break;
        }
    }

    private void Put(ScratchRepository tree, string name)
    {
        MakeRoom(tree, name);
        tree.Write(name, Text());
    }

    private void Link(ScratchRepository tree, string name)
    {
        MakeRoom(tree, name);
        Directory.CreateDirectory(Path.GetDirectoryName(tree.At(name))!);
        File.CreateSymbolicLink(tree.At(name), random.Next(2) == 0 ? "always" : "nowhere");
    }

    private static void MakeRoom(ScratchRepository tree, string name)
    {
        for (
            var parent = Path.GetDirectoryName(name);
            !string.IsNullOrEmpty(parent);
            parent = Path.GetDirectoryName(parent)
        )
        {
            if (!Directory.Exists(tree.At(parent)) || new DirectoryInfo(tree.At(parent)).LinkTarget is not null)
            {
                Clear(tree, parent);
            }
        }

        Clear(tree, name);
    }

    private static void Clear(ScratchRepository tree, string name)
    {
        var path = tree.At(name);
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
        }
    }

    private static string Status(ScratchRepository tree) =>
        tree.Git("--no-optional-locks", "status", "--porcelain", "--no-renames", "--untracked-files=all", "--ignored");

    private string Pick() => Names[random.Next(Names.Length)];

    // Few different texts, so that a person's edit is sometimes just what lands.
    private string Text() => $"text {random.Next(4)}\n";

    private void Times(int most, Action act)
    {
        for (var i = random.Next(1, most + 1); i > 0; i--)
        {
            act();
        }
    }
}

using System.Globalization;

namespace Fleet.Rules;

/// <summary>Names a task: a positive number, written <c>12</c>.</summary>
public readonly record struct TaskId(int Number) : IComparable<TaskId>
{
    public int CompareTo(TaskId other) => Number.CompareTo(other.Number);

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out TaskId id)
    {
        var ok = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
        id = new TaskId(ok ? number : 0);
        return ok;
    }
}

/// <summary>Names one attempt at a task, written <c>12.3</c>; the number is the run's fencing token.</summary>
public readonly record struct RunId(TaskId Task, int Number) : IComparable<RunId>
{
    public int CompareTo(RunId other) =>
        Task == other.Task ? Number.CompareTo(other.Number) : Task.CompareTo(other.Task);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Task.Number}.{Number}");

    public static bool TryParse(string? text, out RunId id)
    {
        id = default;
        var parts = text?.Split('.') ?? [];
        if (parts.Length != 2 || !TaskId.TryParse(parts[0], out var task) || !TaskId.TryParse(parts[1], out var number))
        {
            return false;
        }

        id = new RunId(task, number.Number);
        return true;
    }
}

/// <summary>Names a repository inside one home: a short, safe, unique word such as <c>shop-2</c>.</summary>
public readonly record struct RepositoryName(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Names one account of a coder, written <c>claude/work</c>.</summary>
public readonly record struct AccountId(string Coder, string Name) : IComparable<AccountId>
{
    public int CompareTo(AccountId other) =>
        string.CompareOrdinal(Coder, other.Coder) is var order and not 0
            ? order
            : string.CompareOrdinal(Name, other.Name);

    public override string ToString() => $"{Coder}/{Name}";

    public static bool TryParse(string? text, out AccountId id)
    {
        var cut = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        id = cut < 0 ? default : new AccountId(text![..cut], text[(cut + 1)..]);
        return cut >= 0;
    }
}

/// <summary>Names a git commit by its full hexadecimal object id.</summary>
public readonly record struct Commit(string Sha)
{
    public override string ToString() => Sha;

    /// <summary>The first ten digits, for people.</summary>
    public string Short => Sha.Length > 10 ? Sha[..10] : Sha;
}

/// <summary>Names a git tree by its full hexadecimal object id: exactly what a gate ran on.</summary>
public readonly record struct Tree(string Sha)
{
    public override string ToString() => Sha;
}

/// <summary>The number of a daemon's reign over a home; a lower one is refused everywhere.</summary>
public readonly record struct Epoch(long Number)
{
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}

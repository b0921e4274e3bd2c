using System.Security.Cryptography;
using System.Text;
using Fleet.Log;

namespace Fleet.Tests.Log;

public sealed class ChainTests
{
    private static readonly StoredEvent Stored = Chain.Link(Position.Empty, Given.Event(3));

    [Fact]
    public void The_hashed_form_is_fixed_for_ever()
    {
        var form = string.Join(
            '\n',
            "fleet-event/1",
            "1",
            "2026-11-21T12:00:03.000Z",
            "2",
            "3",
            "1",
            Stored.BodyHash,
            new string('0', 64),
            "10:RunStarted",
            "4:rule",
            ""
        );

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form))), Stored.Hash);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Stored.Body!))), Stored.BodyHash);
    }

    [Fact]
    public void An_untouched_event_has_no_fault() => Assert.Null(Chain.Fault(Position.Empty, Stored));

    [Fact]
    public void A_redacted_event_has_no_fault() =>
        Assert.Null(Chain.Fault(Position.Empty, Stored with { Body = null }));

    public static TheoryData<string> Fields => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_change_of_any_field_is_a_fault(string field) =>
        Assert.NotNull(Chain.Fault(Position.Empty, Changes[field]));

    [Fact]
    public void Text_cannot_slip_from_one_field_into_the_next()
    {
        var split = Given.Event() with { Kind = "a\n1:b", Actor = "c" };
        var shifted = split with { Kind = "a", Actor = "b\n1:c" };

        Assert.NotEqual(Chain.Link(Position.Empty, split).Hash, Chain.Link(Position.Empty, shifted).Hash);
    }

    [Fact]
    public void A_run_is_not_taken_for_a_task()
    {
        var task = Given.Event() with { Cause = null, Task = 1, Run = null };
        var run = task with { Task = null, Run = 1 };

        Assert.NotEqual(Chain.Link(Position.Empty, task).Hash, Chain.Link(Position.Empty, run).Hash);
    }

    private static readonly Dictionary<string, StoredEvent> Changes = new(StringComparer.Ordinal)
    {
        ["seq"] = Stored with { Seq = 2 },
        ["time"] = Stored with { At = Stored.At.AddMilliseconds(1) },
        ["kind"] = Stored with { Kind = "RunStarteD" },
        ["actor"] = Stored with { Actor = "rule2" },
        ["cause"] = Stored with { Cause = null },
        ["task"] = Stored with { Task = 4 },
        ["run"] = Stored with { Run = 2 },
        ["body"] = Stored with { Body = Stored.Body + " " },
        ["body hash"] = Stored with { Body = null, BodyHash = Chain.BodyHash("{}") },
        ["previous hash"] = Stored with { PreviousHash = new string('1', 64) },
        ["hash"] = Stored with { Hash = new string('1', 64) },
    };
}

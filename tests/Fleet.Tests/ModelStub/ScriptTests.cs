using Fleet.ModelStub.Apis;
using Fleet.ModelStub.Faults;
using Fleet.ModelStub.Scripts;

namespace Fleet.Tests.ModelStub;

/// <summary>Where a conversation stands in its script.</summary>
public sealed class ScriptTests
{
    private const string Prompt =
        "Please: SCRIPT[write:a.txt ;; bash:ls; pwd;;text:one;;bash:x;;text:two]SCRIPT thanks";

    [Fact]
    public void A_script_begins_with_its_first_step() =>
        Assert.Equal(new Cue(0, new Step.Write("a.txt")), Cued(Person(Prompt)));

    [Fact]
    public void Each_result_of_a_tool_is_a_step_on() =>
        Assert.Equal(new Cue(1, new Step.Shell("ls; pwd")), Cued(Person(Prompt), Tool("ok")));

    [Fact]
    public void What_the_model_only_began_to_say_is_no_step() =>
        Assert.Equal(1, Cued(Person(Prompt), Tool("ok"), Model("on"), Person("go on")).Index);

    [Fact]
    public void A_text_that_was_said_leads_to_the_next_turn() =>
        Assert.Equal(
            new Cue(3, new Step.Shell("x")),
            Cued(Person(Prompt), Tool("1"), Tool("2"), Model("one"), Person("go on"))
        );

    [Fact]
    public void The_last_script_of_a_conversation_counts() =>
        Assert.Equal(
            new Cue(0, new Step.Say("new")),
            Cued(Person(Prompt), Tool("1"), Person("SCRIPT[text:new]SCRIPT"))
        );

    [Fact]
    public void Past_its_end_a_script_says_so() =>
        Assert.Equal(new Step.Say("script finished"), Cued(Person("SCRIPT[bash:x]SCRIPT"), Tool("1")).Step);

    [Fact]
    public void A_step_can_be_played_for_ever() =>
        Assert.Equal(
            new Cue(3, new Step.Shell("false")),
            Cued(Person("SCRIPT[bash:x;;repeat:bash:false]SCRIPT"), Tool("1"), Tool("2"), Tool("3"))
        );

    [Fact]
    public void A_tools_arguments_are_the_braces_after_its_name() =>
        Assert.Equal(new Step.Tool("create_task", """{"a":{"b":1}}"""), Step.Parse("""mcp:create_task{"a":{"b":1}}"""));

    [Fact]
    public void A_scenario_counts_from_the_start_of_a_conversation()
    {
        var scenario = Scenario.Parse("# two steps\nfault: 429x2+drop@1\n\nbash:ls\ntext:done\n");
        Assert.Equal([new Fault(FaultKind.RateLimited, 2), new Fault(FaultKind.Drop, FromStep: 1)], scenario.Faults);
        Assert.Equal(1, Cue.In(Talk(Person("do"), Tool("ok"), Person("and")), scenario.Script).Index);
    }

    [Fact]
    public void A_scenario_with_an_unknown_fault_is_refused() =>
        Assert.Contains(
            "fault: 418",
            Assert.Throws<FormatException>(() => Scenario.Parse("fault: 418")).Message,
            StringComparison.Ordinal
        );

    private static Cue Cued(params Said[] said) => Cue.In(Talk(said), null);

    private static Conversation Talk(params Said[] said) => new("m", true, [.. said], []);

    private static Said Person(string words) => new(Voice.Person, words);

    private static Said Model(string words) => new(Voice.Model, words);

    private static Said Tool(string words) => new(Voice.Tool, words);
}

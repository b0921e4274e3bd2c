namespace Fleet.Tests.Tidy;

public sealed class AppendTests
{
    [Fact]
    public void Only_the_loop_appends_to_the_log() =>
        House.Accepts(SourceTree.CSharp.Where(file => file.IsUnder("src")).SelectMany(AppendRule.Check));

    [Theory]
    [InlineData("class Pump(IEventLog record) { void F() => record.Append(e, 3); }")]
    [InlineData("class Pump { void F() => home.EventLog.AppendAsync(e, 3); }")]
    public void Anyone_else_who_appends_is_found(string text) =>
        House.Complains(
            AppendRule.Check(new("src/Fleet/Daemon/Pump.cs", text)),
            "src/Fleet/Daemon/Pump.cs:1: only FleetLoop appends to the log: send it an Input instead"
        );

    [Theory]
    [InlineData("src/Fleet/Daemon/FleetLoop.Group.cs", "log.Append(e, 3);")]
    [InlineData("src/Fleet/Daemon/Pump.cs", "new StringBuilder().Append('x'); text.Append('y');")]
    public void The_loop_and_other_kinds_of_append_are_accepted(string path, string text) =>
        House.Accepts(AppendRule.Check(new(path, text)));
}

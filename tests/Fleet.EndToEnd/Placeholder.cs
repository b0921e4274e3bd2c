namespace Fleet.EndToEnd;

public sealed class Placeholder
{
    [Fact]
    public void The_test_project_runs() => Assert.Equal(4, 2 + 2);
}

using Fleet.Git.Landing;

namespace Fleet.Tests.Git.Landing;

public sealed class PauseFileTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void It_is_made_once_and_cleared_once_however_often_asked()
    {
        Assert.IsType<PauseFileOutcome.Done>(Set("agents-running"));
        Assert.IsType<PauseFileOutcome.Done>(Set("agents-running"));
        Assert.Equal("fleet home1\n", File.ReadAllText(scratch.At("agents-running")));
        Assert.IsType<PauseFileOutcome.Done>(Clear("agents-running"));
        Assert.IsType<PauseFileOutcome.Done>(Clear("agents-running"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Root));
    }

    [Fact]
    public void A_file_that_someone_else_made_is_neither_replaced_nor_deleted()
    {
        File.WriteAllText(scratch.At("pause"), "mine");
        Assert.IsType<PauseFileOutcome.NotOurs>(Set("pause"));
        Assert.IsType<PauseFileOutcome.NotOurs>(Clear("pause"));
        Assert.Equal("mine", File.ReadAllText(scratch.At("pause")));
    }

    [Fact]
    public void Another_homes_pause_file_stays()
    {
        PauseFile.Set(scratch.Root, "pause", "home2");
        Assert.IsType<PauseFileOutcome.NotOurs>(Clear("pause"));
    }

    [Theory]
    [InlineData("../pause")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("a\nb")]
    [InlineData("index.lock")]
    [InlineData("MERGE_HEAD")]
    [InlineData("config")]
    public void A_name_that_could_do_harm_is_refused(string name)
    {
        Assert.IsType<PauseFileOutcome.Refused>(Set(name));
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Root));
    }

    private PauseFileOutcome Set(string name) => PauseFile.Set(scratch.Root, name, "home1");

    private PauseFileOutcome Clear(string name) => PauseFile.Clear(scratch.Root, name, "home1");
}

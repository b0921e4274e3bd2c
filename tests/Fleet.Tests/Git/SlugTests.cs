using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Runs;
using FsCheck;
using FsCheck.Fluent;

namespace Fleet.Tests.Git;

public sealed class SlugTests
{
    private static readonly TaskId Task12 = new(12);

    [Theory]
    [InlineData("Fix the login", "fleet/12/fix-the-login")]
    [InlineData("  $(rm -rf /) `x` \"q\" 'q'  ", "fleet/12/rm-rf-x-q-q")]
    [InlineData("-x --exec", "fleet/12/x-exec")]
    [InlineData("../../etc/passwd", "fleet/12/etc-passwd")]
    [InlineData("a\nb\tc.lock", "fleet/12/a-b-c-lock")]
    [InlineData("🚀", "fleet/12/task")]
    [InlineData("", "fleet/12/task")]
    public void A_title_becomes_a_branch(string title, string branch) =>
        Assert.Equal(branch, BranchName.Of(Task12, title));

    [Fact]
    public void A_very_long_title_is_cut() => Assert.Equal(Slug.MaxLength, Slug.Of(new string('x', 10_000)).Length);

    [Fact]
    public void Any_title_at_all_becomes_a_safe_word() =>
        Prop.ForAll<string?>(title =>
                Slug.Of(title ?? "") is { Length: > 0 and <= Slug.MaxLength } slug
                && slug.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
                && slug[0] != '-'
                && slug[^1] != '-'
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public async Task Git_accepts_every_branch()
    {
        const string nasty = "ab -./~^:?*[\\@{}$`'\"\n\té🚀.lock";
        var letters = Gen.Elements(nasty.Select(letter => letter.ToString()).ToArray());
        foreach (var title in letters.ArrayOf().Select(string.Concat).Sample(40, 40))
        {
            var branch = BranchName.Of(Task12, title);
            var checkedRef = await GitCommand.Hub("/").Run("check-ref-format", $"refs/heads/{branch}");
            Assert.True(checkedRef.Succeeded, branch);
        }
    }
}

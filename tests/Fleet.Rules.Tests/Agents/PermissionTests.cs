using Fleet.Rules.Agents;

namespace Fleet.Rules.Tests.Agents;

public sealed class PermissionTests
{
    private static readonly RunGround Ground = new("/h/worktrees/shop/12.1.e7", "/h", "/src/shop");

    [Theory]
    [InlineData("Write", "{}", "/h/worktrees/shop/12.1.e7/a.txt", true)]
    [InlineData("Write", "{}", "a.txt", true)]
    [InlineData("Write", "{}", "../a.txt", false)]
    [InlineData("Edit", "{}", "/src/shop/a.txt", false)]
    [InlineData("apply_patch", "{}", "/etc/passwd", false)]
    [InlineData("Bash", "cd /h/worktrees/shop/12.1.e7 && ./test.sh", null, true)]
    [InlineData("Bash", "git push origin main", null, false)]
    [InlineData("Bash", "cat /h/fleet.db", null, false)]
    [InlineData("Bash", "rm -r /src/shop", null, false)]
    [InlineData("Read", "{}", "/usr/include/stdio.h", true)]
    public void A_run_may_work_in_its_worktree_and_not_beside_it(string tool, string input, string? target, bool may)
    {
        var answer = Permission.Of(tool, input, target, Ground);
        Assert.Equal(may, answer.Allowed);
        Assert.NotEmpty(answer.By);
    }
}

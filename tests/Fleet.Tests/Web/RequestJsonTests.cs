using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Attention;

namespace Fleet.Tests.Web;

public sealed class RequestJsonTests
{
    public static TheoryData<Request> Requests =>
        [
            new Request.AddRepository("/r", "main", "origin"),
            new Request.AddRepository("/r", "main", null),
            new Request.EditTask(new TaskId(3), new BriefChange(Title: "New")),
            new Request.AbandonTask(new TaskId(3), "why"),
            new Request.RetryTask(new TaskId(3)),
            new Request.StopTask(new TaskId(3)),
            new Request.Say(new TaskId(3), "mind the tests"),
            new Request.StopAll("why"),
            new Request.Pause(PauseKind.Freeze),
            new Request.Resume(),
            new Request.Drain(Now: true),
            new Request.Approve(new TaskId(3)),
            new Request.Reject(new TaskId(3), "why"),
            new Request.AnswerPermission(new TaskId(3), Allowed: true),
            new Request.LandNext(new TaskId(3)),
            new Request.Trust("/r", "hash"),
            new Request.ForgetRepository(new RepositoryName("shop")),
            new Request.ResumeAccount("claude/work"),
            new Request.Redact(7, "a secret"),
        ];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_comes_back_as_it_was_sent(Request request)
    {
        var sent = new ControlRequest("mine", "human:ada", request);

        Assert.Equal(sent, ControlJson.ReadRequest(ControlJson.Write(sent)));
    }
}

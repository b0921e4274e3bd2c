using Fleet.Coders;
using Fleet.Rules.Runs;

namespace Fleet.Tests.Coders;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("exceeded retry limit, last status: 429 Too Many Requests", ErrorClass.RateLimit)]
    [InlineData("You’ve hit your usage limit. Upgrade to Pro or try again at 1:18 AM.", ErrorClass.UsageLimit)]
    [InlineData("You've hit your 5-hour limit · resets 1:10am (UTC)", ErrorClass.UsageLimit)]
    [InlineData("You have exhausted your daily quota on this model.", ErrorClass.UsageLimit)]
    [InlineData("unexpected status 401 Unauthorized: Incorrect API key provided", ErrorClass.Authentication)]
    [InlineData("unexpected status 503 Service Unavailable", ErrorClass.Overloaded)]
    [InlineData("We’re currently experiencing high demand…", ErrorClass.Overloaded)]
    [InlineData("Selected model is at capacity. Please try a different model.", ErrorClass.Overloaded)]
    [InlineData("Codex ran out of room in the model's context window.", ErrorClass.ContextTooLong)]
    [InlineData("API Error: Request rejected (429) · try again later", ErrorClass.RateLimit)]
    [InlineData("""[API Error: {"error":{"code":401,"message":"no"}}]""", ErrorClass.Authentication)]
    [InlineData("[API Error: terminated]", ErrorClass.Network)]
    [InlineData("Credit balance is too low", ErrorClass.Billing)]
    [InlineData("something else", ErrorClass.Unknown)]
    [InlineData("", ErrorClass.Unknown)]
    public void Words_of_vendors_have_a_class(string words, ErrorClass expected) =>
        Assert.Equal(expected, ErrorText.ClassOf(words));
}

using System.Text;
using System.Text.Json;
using Fleet.Log;

namespace Fleet.Tests.Log;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b": 1, "a": [ 2, { "d": null, "c": true } ] }""", """{"a":[2,{"c":true,"d":null}],"b":1}""")]
    [InlineData("""{"B":1,"a":2,"ä":3,"":4}""", """{"":4,"B":1,"a":2,"ä":3}""")]
    [InlineData("""[1.50, -0, 12345678901234567890, 1e3]""", """[1.50,-0,12345678901234567890,1e3]""")]
    [InlineData("""{"t":"\u00fc \u2713 <&> \n \"q\""}""", """{"t":"ü ✓ <&> \n \"q\""}""")]
    [InlineData("{}", "{}")]
    [InlineData(" [ ] ", "[]")]
    public void The_same_content_has_one_form(string json, string canonical)
    {
        Assert.Equal(canonical, CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(canonical, CanonicalJson.Of(Encoding.UTF8.GetBytes(canonical)));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1} {}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("")]
    public void What_could_be_read_in_two_ways_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_key_that_is_there_twice_is_refused_in_an_element_too()
    {
        using var document = JsonDocument.Parse("""{"b":{"a":1,"c":0,"a":2}}""");

        Assert.Throws<JsonException>(() => CanonicalJson.Of(document.RootElement));
    }
}

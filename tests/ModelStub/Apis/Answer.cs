namespace Fleet.ModelStub.Apis;

/// <summary>What the model answers with.</summary>
internal abstract record Answer
{
    private Answer() { }

    internal sealed record Words(string Text) : Answer
    {
        /// <summary>As a model says it: word by word, each with the blank after it.</summary>
        public IEnumerable<string> Pieces()
        {
            for (var start = 0; start < Text.Length; )
            {
                var blank = Text.IndexOf(' ', start);
                var end = blank < 0 ? Text.Length : blank + 1;
                yield return Text[start..end];
                start = end;
            }
        }
    }

    /// <param name="Arguments">JSON.</param>
    internal sealed record Call(string Tool, string? Space, string Arguments) : Answer;

    /// <summary>A call with free text, to a tool that takes it.</summary>
    internal sealed record TextCall(string Tool, string Input) : Answer;
}

namespace Fleet.Coders.Acp;

/// <summary>How far a conversation by ACP has come.</summary>
internal enum AcpStage
{
    Initializing,
    SigningIn,
    Opening,
    InTurn,
    Idle,

    /// <summary>It never came to a session.</summary>
    Closed,
}

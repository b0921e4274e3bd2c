namespace Fleet.Rules.Settings;

/// <summary>Who takes the last step to trunk: a person, or nobody once the proposal is proven.</summary>
public enum LandingMode
{
    Approve,
    Auto,
}

/// <summary>How proven work reaches trunk.</summary>
/// <param name="Mode">Who takes the last step.</param>
/// <param name="Push">Whether a landing moves the remote's trunk too, where there is a remote.</param>
public sealed record LandingSettings(LandingMode Mode = LandingMode.Approve, bool Push = true)
{
    /// <summary>For a person whose repository asks for auto, while the home keeps the last step to a person.</summary>
    public const string AutoNeedsBoth = "landing auto needs the home's word too: fleet config set landing.mode=auto";
}

/// <summary>What a repository or a flag asked for; null leaves the other layer's word.</summary>
public sealed record AskedLanding(LandingMode? Mode = null, bool? Push = null);

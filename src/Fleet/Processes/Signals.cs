namespace Fleet.Processes;

/// <summary>
/// The signal numbers Fleet uses; they are the same on every platform it may run on but the last two.
/// </summary>
internal static class Signals
{
    internal const int Interrupt = 2;
    internal const int Quit = 3;
    internal const int Kill = 9;
    internal const int Terminate = 15;
    internal const int Continue = 18;
    internal const int Stop = 19;
}

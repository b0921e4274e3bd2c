namespace Fleet.Daemon;

/// <summary>Reaches a fleet: its daemon where one runs, else the log itself.</summary>
internal static class FleetControl
{
    public static IControl Connect(FleetHome home, TimeProvider clock) =>
        ControlSocket.Answers(ControlSocket.Of(home)) ? new HttpControl(home) : new LocalControl(home, clock);
}

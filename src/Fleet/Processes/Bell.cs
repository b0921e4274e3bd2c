namespace Fleet.Processes;

/// <summary>Wakes one waiting thread; a ring that nobody waited for is kept for the next who does.</summary>
internal sealed class Bell
{
    private readonly object _gate = new();
    private bool _rung;

    internal void Ring()
    {
        lock (_gate)
        {
            _rung = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>True when it rang, false when the time was over.</summary>
    internal bool Wait(TimeSpan time)
    {
        lock (_gate)
        {
            var rung = _rung || (Monitor.Wait(_gate, time) && _rung);
            _rung = false;
            return rung;
        }
    }
}

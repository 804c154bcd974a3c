namespace KismetPS.Tracking;

/// <summary>A session whose radio can be tuned while it runs.</summary>
internal interface ITunable
{
    /// <summary>Channel number or frequency in MHz it was tuned to last; null: it was left where it was.</summary>
    int? Channel { get; }

    /// <summary>Tunes. May take seconds where a driver is slow. Throws <see cref="KismetPS.Capture.KismetException"/>.</summary>
    /// <param name="channel">Channel number of 2.4 or 5 GHz, or a frequency in MHz.</param>
    void Tune(int channel);
}

namespace KismetPS.Samples;

/// <summary>The sample captures: the same bytes whenever and wherever they are made.</summary>
public static class SampleFiles
{
    public const string Office = "office.pcapng";
    public const string TwoSensors = "two-sensors.tzsp.pcap";

    /// <summary>Every file by its name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Make()
    {
        IReadOnlyList<AirFrame> air = OfficeScene.Play();
        return new Dictionary<string, byte[]>
        {
            [Office] = RadiotapCapture.Write(OfficeScene.Office(air), OfficeScene.Start, new Dice(1)),
            [TwoSensors] = TzspCapture.Write(OfficeScene.Sensors(air), OfficeScene.Start, new Dice(2)),
        };
    }
}

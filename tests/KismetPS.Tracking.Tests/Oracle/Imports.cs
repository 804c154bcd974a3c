using KismetPS.Capture.Pcap;

namespace KismetPS.Tracking.Tests.Oracle;

/// <summary>Reads captures through real import sessions.</summary>
internal static class Imports
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    /// <summary>A finished import of a file.</summary>
    public static KismetImport Run(string path, CaptureFileOptions? options = null, TrackerOptions? tracker = null)
    {
        KismetImport import = KismetImport.Start(path, options, tracker);
        if (!import.Completion.Wait(s_patience))
        {
            throw new TimeoutException($"'{path}' was not read within {s_patience}.");
        }

        return import.Error is null ? import : throw import.Error;
    }
}

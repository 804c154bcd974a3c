using KismetPS.Capture;

namespace KismetPS.Cli.Commands;

/// <summary>Where the sample captures lie: beside the program, or in the checkout it was built in.</summary>
internal static class SampleFolder
{
    public static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "samples");
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.pcap*").Any())
            {
                return folder;
            }
        }

        throw new KismetException(KismetErrorId.FileNotFound, "The sample captures are missing.", "They belong into a folder 'samples' beside the program; a checkout has them.");
    }
}

using System.Diagnostics;
using KismetPS.Export.Tests.Formats;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

public sealed class FullDiskTests
{
    [SmallDiskFact]
    public void A_full_disk_is_told_and_messages_go_on_from_memory()
    {
        string folder = Directory.CreateTempSubdirectory("kismetps-full-").FullName;
        Assert.Equal(0, Run("mount", $"-t tmpfs -o size=300k tmpfs {folder}"));
        try
        {
            using var receiver = new LineReceiver(start: false);
            using KismetExport export = KismetExport.StartOnce(new ExportOptions
            {
                Host = "127.0.0.1",
                Port = receiver.Port,
                SpoolPath = Path.Combine(folder, "spool"),
                Timeout = Waiting.Patience,
                FirstBackOff = TimeSpan.FromMilliseconds(100),
                MostBackOff = TimeSpan.FromMilliseconds(100),
            });
            for (int i = 0; i < 3000; i++)
            {
                export.Write(Devices.Plain(), expired: false);
            }

            export.Flush();
            Assert.Contains(export.ExportStatistics.Errors, static e => e.Name == "DiskFull");
            Assert.True(export.ExportStatistics.NotSpooled > 0);
            receiver.Start();
            export.Complete();
            Assert.True(export.Ends());
            Assert.Null(export.Error);
            Assert.Empty(receiver.Gaps(1, 3000));
            Assert.Equal(0, export.ExportStatistics.Dropped);
        }
        finally
        {
            Run("umount", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Run(string program, string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}

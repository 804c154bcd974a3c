using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace KismetPS.Export.Tests.Delivery;

/// <summary>A test that mounts a small file system of its own; skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private const int SystemAdministration = 21;

    // The right alone is not enough where a container forbids the call.
    private static readonly Lazy<bool> s_mounts = new(static () => MayMount() && Mounts());

    public SmallDiskFactAttribute() => Skip = s_mounts.Value ? null : "No right to mount a small disk (CAP_SYS_ADMIN on Linux).";

    private static bool Mounts()
    {
        string folder = Directory.CreateTempSubdirectory("kismetps-mount-").FullName;
        try
        {
            return Run("mount", $"-t tmpfs -o size=300k tmpfs {folder}") && Run("umount", folder);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static bool Run(string program, string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static bool MayMount()
    {
        const string Status = "/proc/self/status";
        string? rights = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(static l => l.StartsWith("CapEff:", StringComparison.Ordinal)) : null;
        return rights is not null && (ulong.Parse(rights[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> SystemAdministration & 1) == 1;
    }
}

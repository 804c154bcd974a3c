using Microsoft.Win32.SafeHandles;

namespace KismetPS.Cli.Output;

/// <summary>The standard output as a stream that tells when its reader went away; the console's own stream hides that on Unix.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;
    private const int WindowsNoData = unchecked((int)0x800700E8);
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);

    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        // A file stream writes a regular file at places of its own counting, which others that share the file know nothing of; only pipes and
        // sockets, where closing matters, go through it.
        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    /// <summary>Whether the failure is that of writing to a reader that is gone.</summary>
    public static bool IsClosed(IOException e) => e.HResult is BrokenPipe or WindowsNoData or WindowsBrokenPipe;
}

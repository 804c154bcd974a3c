using KismetPS.Capture;

namespace KismetPS.Export.Spooling;

/// <summary>What a failure of the file system means.</summary>
internal static class DiskFailure
{
    // errno ENOSPC and EDQUOT, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    // errno EWOULDBLOCK of flock, ERROR_SHARING_VIOLATION.
    private const int WouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharing = unchecked((int)0x80070020);

    public static bool IsFull(Exception e) => e is IOException && e.HResult is NoSpace or QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull;

    public static bool IsSharing(IOException e) => e.HResult is WouldBlock or MacWouldBlock or WindowsSharing;

    public static KismetException From(string folder, Exception e) => IsFull(e)
        ? new KismetException(KismetErrorId.DiskFull, $"The disk of the spool folder '{folder}' is full.", "Messages wait in memory until there is room; free some, or lower the limit of the spool.", e)
        : new KismetException(KismetErrorId.FileNotWritable, $"The spool folder '{folder}' cannot be written: {e.Message}", "Check the path, the rights and the disk. Messages wait in memory meanwhile.", e);
}

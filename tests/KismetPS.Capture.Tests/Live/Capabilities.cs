using System.Runtime.InteropServices;

namespace KismetPS.Capture.Tests.Live;

/// <summary>What the calling thread may do (Linux capabilities); they belong to threads, so one can be without while the others go on.</summary>
internal static unsafe partial class Capabilities
{
    public const int NetAdmin = 12;
    public const int NetRaw = 13;

    private const uint Version3 = 0x20080522;

    /// <summary>Whether the thread has the capability in effect.</summary>
    public static bool Has(int capability)
    {
        uint* sets = stackalloc uint[6];
        return TryRead(sets) && (sets[0] & (1u << capability)) != 0;
    }

    /// <summary>Runs on a thread of its own that has given up its effective capabilities.</summary>
    public static void RunWithout(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Drop();
                action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure != null)
        {
            throw new InvalidOperationException("Failed without capabilities.", failure);
        }
    }

    private static void Drop()
    {
        uint* sets = stackalloc uint[6];
        if (!TryRead(sets))
        {
            throw new InvalidOperationException("capget failed");
        }

        // Two words each of effective, permitted, inheritable.
        sets[0] = sets[3] = 0;
        uint* header = stackalloc uint[2];
        header[0] = Version3;
        header[1] = 0;
        if (Set(header, sets) != 0)
        {
            throw new InvalidOperationException("capset failed");
        }
    }

    private static bool TryRead(uint* sets)
    {
        uint* header = stackalloc uint[2];
        header[0] = Version3;
        header[1] = 0;
        return Get(header, sets) == 0;
    }

    [LibraryImport("libc", EntryPoint = "capget")]
    private static partial int Get(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "capset")]
    private static partial int Set(uint* header, uint* sets);
}

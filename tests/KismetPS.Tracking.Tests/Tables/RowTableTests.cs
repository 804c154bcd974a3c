using System.Runtime.CompilerServices;
using KismetPS.Tracking.Tables;
using KismetPS.Wireless;
using Xunit;

namespace KismetPS.Tracking.Tests.Tables;

/// <summary>Rows stay where they are, come back cleared, and are counted.</summary>
public sealed class RowTableTests
{
    [Fact]
    public void Rows_do_not_move_when_the_table_grows()
    {
        RowTable<long> table = new();
        ref long first = ref table[table.Take()];
        first = 42;
        for (int i = 1; i < 5000; i++)
        {
            Assert.Equal(i, table.Take());
        }

        first++;
        Assert.Equal(43, table[0]);
        Assert.Equal(5000, table.Count);
        Assert.InRange(table.MemoryBytes, 5000 * sizeof(long), 5000 * sizeof(long) * 2);
    }

    [Fact]
    public void Freed_rows_are_cleared_and_taken_first()
    {
        RowTable<long> table = new();
        for (int i = 0; i < 1000; i++)
        {
            table[table.Take()] = i + 1;
        }

        for (int row = 0; row < 1000; row += 3)
        {
            table.Free(row);
        }

        Assert.Equal(1000 - 334, table.Count);
        for (int i = 0; i < 334; i++)
        {
            int row = table.Take();
            Assert.Equal(0, row % 3);
            Assert.Equal(0, table[row]);
        }

        Assert.Equal(1000, table.Limit);
        Assert.Equal(1000, table.Take());
    }

    /// <summary>Rows with references in them, and rows without, which lie elsewhere, keep what is written whatever the table's size.</summary>
    [Fact]
    public void Rows_of_both_kinds_keep_what_is_written()
    {
        RowTable<(string? Text, int Number)> referring = new();
        RowTable<DeviceRow> plain = new();
        for (int i = 0; i < 50_000; i++)
        {
            referring[referring.Take()] = ($"{i}", i);
            plain[plain.Take()].Packets = i;
        }

        GC.Collect();
        for (int i = 0; i < 50_000; i++)
        {
            Assert.Equal(($"{i}", i), referring[i]);
            Assert.Equal(i, plain[i].Packets);
        }

        Assert.InRange(plain.MemoryBytes, 50_000L * Unsafe.SizeOf<DeviceRow>(), (50_000L * Unsafe.SizeOf<DeviceRow>()) + (2 * TableBlock.LargePage));
    }

    /// <summary>What a frame touches of a device is in the first two of three cache lines; another field would cost every frame a line more.</summary>
    [Fact]
    public void A_device_is_three_lines()
    {
        RowTable<DeviceRow> table = new();
        ref DeviceRow row = ref table[table.Take()];
        Assert.Equal(3 * 64, Unsafe.SizeOf<DeviceRow>());
        Assert.Equal(64, Unsafe.ByteOffset(in row.Address, in Unsafe.As<MacAddress, MacAddress>(ref row.Bssid)));
        Assert.Equal(128, Unsafe.ByteOffset(in Unsafe.As<MacAddress, long>(ref row.Address), in row.AddedRevision));
    }
}

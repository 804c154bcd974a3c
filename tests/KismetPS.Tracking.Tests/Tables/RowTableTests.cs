using KismetPS.Tracking.Tables;
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
}

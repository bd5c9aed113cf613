-- Read by Belay; Prisma has no way down.
DROP TABLE "Subscription";

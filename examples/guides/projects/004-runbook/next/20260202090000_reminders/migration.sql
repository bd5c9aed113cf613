-- AlterTable
ALTER TABLE "Appointment" ADD COLUMN "remindedAt" TIMESTAMP(3);
